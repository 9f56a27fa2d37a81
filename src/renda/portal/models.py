"""What a county tells the public about handing in petitions (信访工作条例 18)."""

from __future__ import annotations

from django.db import models

from renda.directory.models import Division


class Notice(models.Model):
    """How the office is reached: shown on the public pages, filled in by the county; empty lines say that they are still to be filled in."""

    division = models.OneToOneField(Division, models.PROTECT, related_name="+", verbose_name="区划")
    office = models.CharField("受理机构", max_length=100, blank=True)
    address = models.CharField("通信地址", max_length=200, blank=True)
    phone = models.CharField("咨询投诉电话", max_length=60, blank=True)
    hours = models.CharField("接待时间", max_length=200, blank=True)
    place = models.CharField("接待地点", max_length=200, blank=True)
    more = models.TextField("其他说明", max_length=2000, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.office
