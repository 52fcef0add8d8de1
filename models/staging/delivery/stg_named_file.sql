select file_id
from {{ source('intake', 'named_file') }}
