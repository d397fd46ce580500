from django.db import migrations

from practice.append_only import refuse_emptying_what_is_kept


class Migration(migrations.Migration):
    """Of every app: each table that was to refuse DELETE by then."""

    dependencies = [
        ("practice", "0012_restores_are_recorded"),
        ("therapies", "0010_page_loosenings"),
        ("intake", "0012_restricted_records"),
        ("plans", "0014_records_can_be_kept_longer"),
    ]

    operations = [refuse_emptying_what_is_kept()]
