"""Why a version is pinned, as a test that fails when the reason comes back."""

from __future__ import annotations

import sys

import pytest

pytestmark = pytest.mark.needs_qt


def test_a_setter_keeps_its_reference_to_none(qapp: object) -> None:
    """PySide6 6.12.0 on Python 3.11 lost one a call, and the till died after some thousand."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    before = sys.getrefcount(None)
    for number in range(5_000):
        label.setText(str(number))
    lost = before - sys.getrefcount(None)
    label.deleteLater()
    assert lost < 500
