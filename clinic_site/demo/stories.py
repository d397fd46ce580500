"""The demo's patients: invented people, each in another state of the clinic's work.

telling.py makes each story true through the same verbs that the pages use.
"""

from clinic_site.demo.stories_under_way import UNDER_WAY
from clinic_site.demo.stories_waiting import WAITING
from clinic_site.demo.story import Story

STORIES: tuple[Story, ...] = (*UNDER_WAY, *WAITING)
