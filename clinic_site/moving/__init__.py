"""Moving a clinic from one database to another, most often from SQLite to PostgreSQL: all rows, or none."""
