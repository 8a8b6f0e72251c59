"""What the tills of this shop offer at all: the shop may do without some of it (T-207)."""

from __future__ import annotations

from pos.domain.errors import Refusal
from pos.domain.panel import USUAL_PANEL, Feature, PanelKey, is_offered
from pos.till.desk import Desk


def offers(desk: Desk, feature: Feature) -> bool:
    """Whether the till offers it."""
    return feature not in desk.shop.without


def demand(desk: Desk, feature: Feature) -> None:
    """Raise Refusal "not_offered" where the shop does without it."""
    if not offers(desk, feature):
        raise Refusal("not_offered", feature=desk.texts.get(f"feature.{feature}"))


def panel(desk: Desk) -> tuple[PanelKey, ...]:
    """The keys beside the sale, as the back office wants them for this till (T-037)."""
    profile = desk.catalogue.till(desk.till)
    wanted = profile.panel if profile and profile.panel else USUAL_PANEL
    return tuple(key for key in wanted if is_offered(key, desk.shop.without))
