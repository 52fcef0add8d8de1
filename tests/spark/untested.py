"""The command `casebook`, whose nights build tables and leave dbt's data tests out, which take Spark as long again.

`make spark-test` runs them too, on a cluster.
"""

from flows.cli import app
from flows.warehouse import transform

if __name__ == "__main__":
    transform.BUILD = (*transform.BUILD, "test")
    app.main()
