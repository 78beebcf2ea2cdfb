"""What is said about the API key: where it comes from, where it is kept, and why the keyring did not work.

Plain words for people who do not know what a keyring backend is. No sentence holds more of a key than its last four
characters.
"""

from typing import assert_never

from inspector.core.inputs import Refused
from inspector.core.keys.faults import KeyFailure, KeyFault
from inspector.core.keys.lookup import KeyFound, KeyLookup, KeyOrigin, KeyWithheld, NoKey

_THIS_RUN_ONLY = (
    "The key can also be used for this run only, without the keyring: enter it in the window, or set the environment "
    "variable SUDO_API_KEY."
)


def key_failure_sentence(failure: KeyFailure) -> str:
    """What happened to the keyring, what to try, and the way without it; ends with the detail where there is one."""
    sentences = [_what_happened(failure), _what_to_try(failure.fault), _THIS_RUN_ONLY]
    if failure.detail:
        sentences.append(f"({failure.detail})")
    return " ".join(sentences)


def where_kept(backend_name: str) -> str:
    """Where a saved key lies; `backend_name` is empty where no usable keyring was found."""
    if not backend_name:
        return "No usable keyring was found on this computer, so a key is held in memory and forgotten when the program ends."
    return (
        f"A saved key is kept by {backend_name} under your user account, and never written to a file of this program."
    )


def key_lookup_sentence(lookup: KeyLookup, backend_name: str = "") -> str:
    """How the search for a key ended; `backend_name` names the keyring where it is known."""
    match lookup:
        case KeyFound():
            return _found(lookup, backend_name)
        case NoKey():
            return (
                f"There is no API key for the profile “{lookup.profile}” yet. Save one with the key dialog of the window "
                "or with “sudo-inspector key set”, or set the environment variable SUDO_API_KEY."
            )
        case KeyWithheld():
            return _withheld(lookup)
        case KeyFailure():
            return key_failure_sentence(lookup)
        case Refused():
            return lookup.sentence
        case _:
            assert_never(lookup)


def _withheld(lookup: KeyWithheld) -> str:
    profile = lookup.profile
    why = (
        f"The request goes to {lookup.origin}, but the key of the profile “{profile.name}” is only for {profile.key_home}, "
        "so it was not used."
    )
    if lookup.origin == profile.base_url.origin:
        return f"{why} The profile's base URL was changed since: enter the key for {lookup.origin} to use it there."
    return (
        f"{why} If {lookup.origin} may have a key, set the environment variable SUDO_API_KEY, or choose a profile for that "
        "address."
    )


def _found(found: KeyFound, backend_name: str) -> str:
    hint = found.key.hint()
    match found.origin:
        case KeyOrigin.ENVIRONMENT:
            return (
                f"The API key {hint} comes from the environment variable SUDO_API_KEY, which is used before any other."
            )
        case KeyOrigin.MEMORY:
            return f"The API key {hint} was entered for this run only; it is forgotten when the program ends."
        case KeyOrigin.KEYRING:
            return f"The API key {hint} comes from {backend_name or 'the keyring'}."
        case _:
            assert_never(found.origin)


def _what_happened(failure: KeyFailure) -> str:
    keyring = failure.backend or "the keyring"
    match failure.fault:
        case KeyFault.NO_BACKEND:
            return "No usable keyring of the operating system was found, so there is no safe place to keep the API key."
        case KeyFault.LOCKED:
            return f"The API key is out of reach because {keyring} stayed locked."
        case KeyFault.DISMISSED:
            return f"The question that {keyring} asked was closed without an answer, so nothing was read or changed."
        case KeyFault.DENIED:
            return f"This program was not allowed to use {keyring}."
        case KeyFault.TIMED_OUT:
            return f"There was no answer in time from {keyring}; it may be waiting for you behind another window."
        case KeyFault.PLAINTEXT:
            return "The only keyring found here would keep the API key unprotected in a file, so it was not used."
        case KeyFault.NOT_KEPT:
            return f"The API key was not kept by {keyring}."
        case KeyFault.BROKEN:
            return f"Something unexpected went wrong with {keyring}."
        case _:
            assert_never(failure.fault)


def _what_to_try(fault: KeyFault) -> str:
    match fault:
        case KeyFault.NO_BACKEND:
            return "On Linux, start GNOME Keyring, KWallet or KeePassXC (with its Secret Service), then start again."
        case KeyFault.LOCKED:
            return "Unlock it (signing in to the desktop usually does), then try again."
        case KeyFault.DISMISSED:
            return "Try again and answer the question."
        case KeyFault.DENIED:
            return "Allow the access when asked, or in the settings of the keyring, then try again."
        case KeyFault.TIMED_OUT:
            return "Look for a question from the keyring and answer it, then try again."
        case KeyFault.PLAINTEXT:
            return "Set up the keyring of the operating system, or remove the Python package keyrings.alt."
        case KeyFault.NOT_KEPT:
            return "Check that the keyring is switched on for Python programs, then save the key again."
        case KeyFault.BROKEN:
            return "Try again; if it stays so, check the settings of the keyring."
        case _:
            assert_never(fault)
