select *
from (
    values
    ('methodology', 'Methodology', 'figures/topic/methodology.md'),
    ('suppression', 'What is suppressed', 'figures/topic/suppression.md'),
    ('revisions', 'Revisions', 'figures/topic/revisions.md'),
    ('assumptions', 'Assumptions', 'docs/assumptions.md'),
    ('glossary', 'Glossary', 'figures/topic/glossary.md'),
    ('downloads', 'Downloads', 'figures/topic/downloads.md'),
    ('licence', 'Licence', 'figures/topic/licence.md')
) as topics (topic, topic_title, document)
