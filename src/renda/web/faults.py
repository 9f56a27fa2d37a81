"""Pages for what went wrong: what happened, why, what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.translation import gettext as _

from renda.core import clock


def _fault(request: HttpRequest, status: int, title: str, reason: str, advice: str, again: str = "") -> HttpResponse:
    context = {"code": status, "title": title, "reason": reason, "advice": advice, "again": again}
    inside = getattr(request, "actor", None) is not None and request.user.is_authenticated
    return render(request, "ui/fault.html" if inside else "ui/fault_door.html", context, status=status)


def broken(request: HttpRequest) -> HttpResponse:
    """500: says when, in the reader's language; asks neither database nor session, either of which may be what broke."""
    at = timezone.localtime(clock.real_now()).strftime("%Y-%m-%d %H:%M:%S")
    return HttpResponseServerError(loader.render_to_string("500.html", {"at": at}))


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the gate's reason."""
    reason = str(exception) if exception and str(exception) else _("您当前的身份不能打开这一页或进行这项操作。")
    return _fault(
        request, 403, _("没有权限"), reason, _("如果您有其他身份，请在页面右上角切换后再试；仍需要的，请联系安全管理员。")
    )


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not visible to this hat; which of the two is not said."""
    return _fault(
        request,
        404,
        _("没有找到这一页"),
        _("地址可能有误，或者这条记录不在您当前身份的查看范围内。"),
        _("请回到首页，或用上方的搜索按标题、编号查找。"),
    )


def too_often(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: a limit of `web.limits` is used up; says when to come again."""
    minutes = max(1, -(-seconds // 60))
    response = _fault(
        request,
        429,
        _("操作过于频繁"),
        _("短时间内同一操作的次数过多，为保护数据已暂停。"),
        _("请 %(n)d 分钟后再试；工作确有需要的，请联系安全管理员。") % {"n": minutes},
    )
    response.headers["Retry-After"] = str(seconds)
    return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _fault(
        request, 400, _("请求无法识别"), _("提交的内容不完整或格式不对，没有保存任何内容。"), _("请返回上一页，检查后重新提交。")
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the protection against forged forms; mostly a page that stood open past the end of its session."""
    return _fault(
        request,
        403,
        _("页面已过期，内容没有提交"),
        _("这一页打开的时间过长，或者期间重新登录过。您填写的内容仍保存在本机的草稿中。"),
        _("请重新打开这一页，选择“恢复草稿”后再提交。"),
        request.get_full_path(),
    )
