"""What gunicorn starts: `gunicorn clinic_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

from clinic_site.frame_room import with_frame_room
from clinic_site.garbage import keep_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
application = with_frame_room(get_wsgi_application())
keep_what_is_loaded()
