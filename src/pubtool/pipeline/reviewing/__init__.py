"""Reviewing: quotation after quotation, an editor sees what was found out and decides."""

from pubtool.checker.locating import name_locator as name_locator
from pubtool.pipeline.reviewing.acting import Acted as Acted
from pubtool.pipeline.reviewing.acting import Acting as Acting
from pubtool.pipeline.reviewing.acting import NotDone as NotDone
from pubtool.pipeline.reviewing.acting import Seen as Seen
from pubtool.pipeline.reviewing.acting import seen_now as seen_now
from pubtool.pipeline.reviewing.looking import Named as Named
from pubtool.pipeline.reviewing.review import Review as Review
from pubtool.pipeline.reviewing.reviewed import ALL as ALL
from pubtool.pipeline.reviewing.reviewed import FILTERS as FILTERS
from pubtool.pipeline.reviewing.reviewed import KNOWN as KNOWN
from pubtool.pipeline.reviewing.reviewed import WAITING as WAITING
from pubtool.pipeline.reviewing.reviewed import Item as Item
