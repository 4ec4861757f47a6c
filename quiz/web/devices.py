"""What a browser calls itself, in words that its owner knows."""

from __future__ import annotations

BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome"}
SYSTEMS = {
    "iPhone": "an iPhone",
    "iPad": "an iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "a Mac",
    "Linux": "Linux",
}
LONGEST = 60
"""Characters kept of what is neither."""


def device_of(user_agent: str) -> str:
    """Return a name such as `Firefox on Linux`, or what came, shortened, where it is not known."""
    found = [name for sign, name in BROWSERS.items() if sign in user_agent]
    browser = found[0] if found else "Safari" if "Safari/" in user_agent else ""
    system = next((name for sign, name in SYSTEMS.items() if sign in user_agent), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or user_agent[:LONGEST] or "an unknown device"
