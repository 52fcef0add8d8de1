select *
from (
    values
    ('methodology', 'Methodology', 'figures/topic/methodology.md'),
    ('shorthand', 'Shorthand and who may see this', 'figures/topic/shorthand.md'),
    ('revisions', 'Revisions', 'figures/topic/revisions.md'),
    ('assumptions', 'Assumptions', 'docs/reference/assumptions.md'), -- staff
    ('glossary', 'Glossary', 'docs/reference/glossary.md'),
    ('lineage', 'Lineage', 'docs/reference/lineage.md'), -- staff
    ('downloads', 'Downloads', 'figures/topic/downloads.md'),
    ('licence', 'Licence', 'figures/topic/licence.md')
) as topics (topic, topic_title, document)
