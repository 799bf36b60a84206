"""Calls that authorize and authrep refuse, told to the statistics as the proxy tells its own.

A call is what authrep is asked about, and authorize with usage; without usage authorize asks how
an application stands. The words of the wire are turned into the proxy's, so that it is the same
refusal whoever stands before the API.
"""

from gateway.refusals import NOBODY, Refusals
from gateway.transactions.errors import WireError
from gateway.transactions.params import Hash, find_text
from gateway.transactions.question import LIMITS_EXCEEDED, Action, Question, Verdict
from gateway.transactions.request import Request

CREDENTIALS = {"user_key_invalid": "user_key", "application_not_found": "app_id"}
METRIC_INVALID = "metric_invalid"


def note_rejection(refusals: Refusals, question: Question, verdict: Verdict) -> None:
    """Note a call that was answered with a rejection."""
    rejection = verdict.rejection
    if rejection is None or not _is_call(question.action, question.values):
        return
    code = rejection.code
    refused = verdict.refused
    if rejection is LIMITS_EXCEEDED and refused is not None and refused.value == 0:
        code = "metric_disabled"
    refusals.note(question.service.id, question.application.id, code)


def note_error(refusals: Refusals, request: Request, action: Action, error: WireError) -> None:
    """Note a call that was answered with an error about the call, not about who asks."""
    if request.service is None or not _is_call(action, request.values):
        return
    code = error.code
    if code in CREDENTIALS:
        is_named = find_text(request.values, CREDENTIALS[code]) is not None
        code = "application_not_found" if is_named else "auth_missing"
    elif code != METRIC_INVALID:
        return
    application = request.application
    number = NOBODY if application is None else application.id
    refusals.note(request.service.id, number, code)


def _is_call(action: Action, values: Hash) -> bool:
    return action.counts or "usage" in values
