"""What a WSGI server runs: ``gunicorn wsgi:app``, ``flask --app wsgi``."""

from web.app import create_app

app = create_app()
