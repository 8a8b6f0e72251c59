"""The style sheet, written from the tokens of a look."""

from __future__ import annotations

from pos.ui import tokens
from pos.ui.look import Look


def style_sheet(look: Look) -> str:
    """The whole application's style for this look."""
    return "\n".join((_base(look), _writing(look), _surfaces(look), _keys(look), _fields(look)))


def _base(look: Look) -> str:
    p = look.palette
    return f"""
    QWidget {{ color: {p.text}; }}
    QMainWindow, QWidget#shell, QWidget[surface="ground"] {{ background: {p.ground}; }}
    QToolTip {{ background: {p.text}; color: {p.ground}; border: none; padding: 6px; }}
    QAbstractScrollArea, QScrollArea {{ background: transparent; border: none; }}
    QScrollArea > QWidget > QWidget[surface="clear"] {{ background: transparent; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px 1px; }}
    QScrollBar::handle:vertical {{ background: {p.scroll}; border-radius: 4px; min-height: 48px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """


def _writing(look: Look) -> str:
    p = look.palette
    roles = {
        "caption": (tokens.CAPTION, 500, p.soft),
        "body": (tokens.BODY, 400, p.text),
        "soft": (tokens.BODY, 400, p.soft),
        "strong": (tokens.BODY, 600, p.text),
        "lead": (tokens.LEAD, 600, p.text),
        "title": (tokens.TITLE, 600, p.text),
        "amount": (tokens.AMOUNT, 700, p.strong),
        "display": (tokens.DISPLAY, 700, p.strong),
        "hero": (tokens.HERO, 700, p.strong),
    }
    rules = [
        f'QLabel[role="{role}"] {{ font-size: {look.px(size)}px; font-weight: {weight};'
        f" color: {colour}; }}"
        for role, (size, weight, colour) in roles.items()
    ]
    tones = [
        f'QLabel[tone="{tone}"] {{ color: {getattr(p, tone)}; }}'
        for tone in ("good", "warn", "danger", "discount", "soft", "accent")
    ]
    caps = (
        f'QLabel[role="keycap"] {{ font-size: {look.px(tokens.BODY)}px; font-weight: 600;'
        f" background: {p.raised}; border: 1px solid {p.edge}; border-radius: 6px;"
        f" padding: 4px 8px; }}"
    )
    return "QLabel { background: transparent; }" + "\n".join((*rules, *tones, caps))


def _surfaces(look: Look) -> str:
    p = look.palette
    border = f"2px solid {p.edge}" if p.outlined else f"1px solid {p.hairline}"
    return f"""
    QFrame[surface="card"] {{ background: {p.surface}; border: {border};
        border-radius: {tokens.RADIUS_LARGE}px; }}
    QFrame[surface="pane"] {{ background: {p.surface}; border: none; }}
    QFrame[surface="desk"] {{ background: {p.raised}; border: none; }}
    QFrame[surface="side"] {{ background: {p.surface}; border: none;
        border-left: {border}; }}
    QFrame[surface="bar"] {{ background: {p.ground}; border: none; border-top: {border}; }}
    QFrame[surface="warn"] {{ background: {p.warn_soft}; border: 1px solid {p.warn};
        border-radius: {tokens.RADIUS}px; }}
    QFrame[surface="danger"] {{ background: {p.danger_soft}; border: 1px solid {p.danger};
        border-radius: {tokens.RADIUS}px; }}
    QFrame[surface="good"] {{ background: {p.good_soft}; border: 1px solid {p.good};
        border-radius: {tokens.RADIUS}px; }}
    QFrame[surface="info"] {{ background: {p.surface}; border: 1px solid {p.edge};
        border-radius: {tokens.RADIUS}px; }}
    QFrame[surface="hairline"] {{ background: {p.hairline}; border: none; }}
    """


def _keys(look: Look) -> str:
    p = look.palette
    outline = f"2px solid {p.edge}" if p.outlined else "2px solid transparent"
    kinds = {
        "key": (p.raised, p.pressed),
        "plain": (p.surface, p.pressed),
        "quiet": ("transparent", p.pressed),
        "primary": (p.accent, p.accent_pressed),
        "danger": (p.danger_soft, p.pressed),
        "selected": (p.accent_soft, p.pressed),
        "warn": (p.warn_soft, p.pressed),
    }
    rules = [
        f'QPushButton[kind="{kind}"] {{ background: {fill}; }}'
        f'QPushButton[kind="{kind}"]:pressed {{ background: {pressed}; }}'
        for kind, (fill, pressed) in kinds.items()
    ]
    return f"""
    QPushButton {{ border: {outline}; border-radius: {tokens.RADIUS}px; }}
    {" ".join(rules)}
    QPushButton:checked {{ background: {p.accent_soft}; border-color: {p.accent}; }}
    QPushButton:disabled {{ background: {p.disabled};
        border: 2px dashed {p.edge if p.outlined else "transparent"}; }}
    QPushButton:focus {{ border: 2px solid {p.focus}; }}
    """


def _fields(look: Look) -> str:
    p = look.palette
    return f"""
    QLineEdit {{ background: {p.surface}; border: 2px solid {p.edge};
        border-radius: {tokens.RADIUS}px; padding: 0 {look.px(12)}px;
        min-height: {look.px(44)}px; font-size: {look.px(18)}px;
        selection-background-color: {p.accent}; selection-color: {p.on_accent};
        placeholder-text-color: {p.soft}; }}
    QLineEdit:focus {{ border-color: {p.focus}; }}
    QListView {{ background: transparent; border: none; outline: none; }}
    QListView[ring="true"]:focus {{ border: 2px solid {p.focus};
        border-radius: {tokens.RADIUS}px; }}
    """
