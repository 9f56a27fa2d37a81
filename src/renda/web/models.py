"""Tables of the door."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from renda.core.fields import EncryptedTextField
from renda.web.feed_models import CalendarFeed as CalendarFeed
from renda.web.mail_models import MailAddress as MailAddress
from renda.web.mail_models import MailSent as MailSent


class SignInFailure(models.Model):
    """A wrong sign-in. The name is kept as a keyed hash only: what people type there by mistake may be a password."""

    name_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name_hash", "at"], name="sign_in_failure_recent")]


class How(models.TextChoices):
    """By what somebody signed in."""

    PASSWORD = "password", "密码"
    CODE = "code", "密码和动态口令"
    RECOVERY = "recovery", "密码和恢复码"
    KEY = "key", "密码和通行密钥"
    PASSKEY = "passkey", "通行密钥"
    OUTSIDE = "outside", "统一身份认证"


class SignIn(models.Model):
    """One signing in, for the security administrator and the person: when, from where, with what; it is live while its session is."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField(null=True, help_text="the last request, to the minute")
    how = models.CharField(max_length=10, choices=How.choices, default=How.PASSWORD)

    class Meta:
        indexes = [models.Index(fields=["account", "-at"], name="sign_in_of_account")]
        constraints = [models.UniqueConstraint(fields=["session_key"], name="sign_in_once")]


class Demand(models.TextChoices):
    """Who must sign in with a second factor."""

    NONE = "none", "不要求，各人自愿"
    ADMINISTRATORS = "admins", "系统、安全、审计管理员必须"
    EVERYONE = "everyone", "所有人必须"


class DoorPolicy(models.Model):
    """The one row that says how the door is kept: minutes without a request until a session ends, and who needs a second factor."""

    idle_minutes = models.PositiveSmallIntegerField(
        "多长时间不操作自动退出（分钟）", default=30, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    second_factor = models.CharField("登录是否要第二重验证", max_length=10, choices=Demand.choices, default=Demand.NONE)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="door_policy_one"),
            models.CheckConstraint(condition=models.Q(idle_minutes__gte=5, idle_minutes__lte=480), name="door_policy_idle"),
            models.CheckConstraint(condition=models.Q(second_factor__in=Demand.values), name="door_policy_factor"),
        ]


class CodeDevice(models.Model):
    """An account's one-time codes (TOTP, RFC 6238). ``last_step`` is the last step of 30 seconds used: no code is taken twice."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="code_device")
    secret = EncryptedTextField("密钥")
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code that stands in once for a lost device; kept as a keyed digest."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once")]


class Passkey(models.Model):
    """A passkey (WebAuthn credential) of an account: the public half alone."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys")
    credential = models.CharField(max_length=1400, unique=True, help_text="base64url of the credential's id")
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    name = models.CharField("名称", max_length=40)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]


class OutsideIdentity(models.Model):
    """An account's identity at the office's sign-in service: linked at its first use, and from then on the only one that opens it."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="outside_identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="outside_identity_once"),
            models.UniqueConstraint(fields=["account", "issuer"], name="outside_identity_of_account"),
        ]


class RateWindow(models.Model):
    """How often somebody did something limited in one span of time. ``key`` is a keyed digest: no address is kept."""

    key = models.CharField(max_length=64)
    window = models.BigIntegerField(help_text="the number of the span since 1970")
    ends_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_window_once")]
        indexes = [models.Index(fields=["ends_at"], name="rate_window_end")]
