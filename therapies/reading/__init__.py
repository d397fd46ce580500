"""How hard a text is to read: syllables, grades, and what to mend. Pure: no Django, no database."""
