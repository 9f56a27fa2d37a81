"""Forms of the door: sign-in, second proof, password, and how the door is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from renda.directory.models import Account
from renda.web import factors, lockout, policies
from renda.web.models import CodeDevice, Demand, How


class SignInForm(forms.Form):
    """Name and password. Wrong ones are answered alike, whether or not the name exists; too many close the name for a while."""

    username = forms.CharField(
        label=gettext_lazy("登录名"),
        max_length=60,
        error_messages={"required": gettext_lazy("请填写登录名")},
        widget=forms.TextInput(
            attrs={"class": "form-control", "autocomplete": "username", "autofocus": True, "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        error_messages={"required": gettext_lazy("请填写密码")},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.account: Account | None = None

    def clean(self) -> dict[str, Any]:
        """Check the pair; the account is then in ``account``."""
        data = super().clean() or {}
        name, password = data.get("username"), data.get("password")
        if not name or not password:
            return data
        minutes = lockout.minutes_left(name)
        if minutes:
            raise ValidationError(_("输错次数过多，该登录名已暂停登录。请 %(n)d 分钟后再试，或联系安全管理员。") % {"n": minutes})
        self.account = authenticate(self.request, username=name, password=password)  # type: ignore[assignment]
        if self.account is None:
            left = lockout.failed(name)
            if left:
                words = ngettext(
                    "登录名或密码不正确，还可以再试 %(n)d 次。", "登录名或密码不正确，还可以再试 %(n)d 次。", left
                ) % {"n": left}
            else:
                words = _("输错次数过多，该登录名已暂停登录。请 %(n)d 分钟后再试，或联系安全管理员。") % {"n": lockout.MINUTES}
            raise ValidationError(words)
        if not policies.has_factor(
            self.account
        ):  # else the second proof forgets: its failures must not start anew with each password
            lockout.forget(name)
        return data


class CodeForm(forms.Form):
    """The second proof: six digits of the phone, or a recovery code. Wrong ones count against the name as wrong passwords do."""

    code = forms.CharField(
        label=gettext_lazy("动态口令或恢复码"),
        max_length=40,
        help_text=gettext_lazy("手机验证器上显示的六位数字；手机不在身边的，输入一个恢复码。"),
        error_messages={"required": gettext_lazy("请输入动态口令或恢复码")},
        widget=forms.TextInput(
            attrs={
                "class": "form-control",
                "autocomplete": "one-time-code",
                "autofocus": True,
                "spellcheck": "false",
                "data-secret": "",
            }
        ),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account
        self.how = How.CODE
        self.has_codes = CodeDevice.objects.filter(account=account, confirmed_at__isnull=False).exists()

    def clean_code(self) -> str:
        """Take the code; ``how`` says by what."""
        code, name = self.cleaned_data["code"], self.account.username
        minutes = lockout.minutes_left(name)
        if minutes:
            raise ValidationError(_("输错次数过多，该登录名已暂停登录。请 %(n)d 分钟后再试，或联系安全管理员。") % {"n": minutes})
        if not factors.check_code(self.account, code):
            if not factors.use_recovery(self.account, code):
                lockout.failed(name)
                raise ValidationError(_("口令不对或已经用过。请等手机上换出新的六位数字再输入。"))
            self.how = How.RECOVERY
        lockout.forget(name)
        return code


class SureForm(forms.Form):
    """One's own password once more, before one's sign-in is changed."""

    password = forms.CharField(
        label=gettext_lazy("密码"),
        strip=False,
        error_messages={"required": gettext_lazy("请填写密码")},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        """It must be right; wrong ones count as at the door."""
        minutes = lockout.minutes_left(self.account.username)
        if minutes:
            raise ValidationError(_("输错次数过多。请 %(n)d 分钟后再试。") % {"n": minutes})
        if not self.account.check_password(self.cleaned_data["password"]):
            lockout.failed(self.account.username)
            raise ValidationError(_("密码不正确"))
        return self.cleaned_data["password"]


class PolicyForm(forms.Form):
    """How the door is kept."""

    idle_minutes = forms.IntegerField(
        label=gettext_lazy("多长时间不操作自动退出（分钟）"),
        min_value=5,
        max_value=480,
        help_text=gettext_lazy("5 至 480 分钟；等级保护的通常做法是 30 分钟以内。"),
        error_messages={"required": gettext_lazy("请填写分钟数"), "invalid": gettext_lazy("请填写整数")},
        widget=forms.NumberInput(attrs={"class": "form-control r-w-s", "inputmode": "numeric"}),
    )
    second_factor = forms.ChoiceField(
        label=gettext_lazy("登录是否要第二重验证"),
        help_text=gettext_lazy("第二重验证是手机上的动态口令或通行密钥。没有设置的人，下次登录时先设置，再继续使用。"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second_factor"].choices = [(one.value, _(str(one.label))) for one in Demand]  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """A new password, typed twice, with the old one as proof."""

    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        strip=False,
        error_messages={"required": gettext_lazy("请填写现在的密码")},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "current-password", "data-secret": ""}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        help_text=gettext_lazy("至少 10 个字符，不能全是数字，不能与登录名相近。"),
        error_messages={"required": gettext_lazy("请填写新密码")},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password", "data-secret": ""}),
    )
    again = forms.CharField(
        label=gettext_lazy("再输入一次新密码"),
        strip=False,
        error_messages={"required": gettext_lazy("请再输入一次新密码")},
        widget=forms.PasswordInput(attrs={"class": "form-control", "autocomplete": "new-password", "data-secret": ""}),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_old(self) -> str:
        """The old password must be right."""
        if not self.account.check_password(self.cleaned_data["old"]):
            raise ValidationError(_("现在的密码不正确"))
        return self.cleaned_data["old"]

    def clean_new(self) -> str:
        """The new password must pass the site's rules and differ from the old one."""
        new = self.cleaned_data["new"]
        if new == self.cleaned_data.get("old"):
            raise ValidationError(_("新密码不能与现在的密码相同"))
        password_validation.validate_password(new, self.account)
        return new

    def clean(self) -> dict[str, Any]:
        """Both new passwords must be the same."""
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("两次输入的新密码不一致"))
        return data
