"""Devices: how each is, trying it out, and setting it up; the sale never waits for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.domain.errors import Refusal
from pos.domain.journal import Kind
from pos.domain.operator import Right
from pos.ports.equipment import Device, Equipment
from pos.ports.plugin import Plugin, Setting, SettingError
from pos.till.desk import Desk, Heard
from pos.till.device_views import DeviceSetUpView, DeviceState, DeviceView, OfferView

WARNINGS = ("paper_low",)
"""What a device says although it works."""
OUR_OWN = ("not_printed", "bug")
"""Faults of a job that say nothing of its printer."""
LONGEST_NAME = 40


def views(desk: Desk) -> tuple[DeviceView, ...]:
    """Every device of this till; printers first."""
    if desk.equipment is None:
        return ()
    return tuple(_view(desk, device) for device in desk.equipment.devices())


def _view(desk: Desk, device: Device) -> DeviceView:
    heard = desk.heard.get(device.name)
    return DeviceView(
        name=device.name,
        kind=device.kind,
        plugin=device.plugin,
        address=str(device.options.get("address", "")),
        state=_state(heard),
        fault=heard.fault if heard else "",
        since=heard.since if heard else None,
        receipts=device.kind == "printer" and device.name == desk.receipt_printer,
        simulator=device.simulator,
    )


def _state(heard: Heard | None) -> DeviceState:
    if heard is None:
        return DeviceState.UNKNOWN
    if not heard.fault:
        return DeviceState.READY
    return DeviceState.WARNING if heard.fault in WARNINGS else DeviceState.FAULT


def told(desk: Desk, name: str, fault: str) -> bool:
    """Note how a device is; False if that is no news."""
    before = desk.heard.get(name)
    if fault in OUR_OWN or (before is not None and before.fault == fault):
        return False
    desk.heard[name] = Heard(fault, desk.now())
    return True


def check(desk: Desk, name: str) -> None:
    """Ask a device how it is, or look for it again; the answer comes by `told`."""
    desk.who()
    _known(desk, name)
    _equipment(desk).check(name)


def test_drawer(desk: Desk, printer: str) -> None:
    """Open the drawer at a printer to see whether it does; written down as any opening."""
    desk.demand(Right.DRAWER)
    if _known(desk, printer).kind != "printer":
        raise Refusal("no_such_printer", printer=printer)
    with desk.writing() as work:
        desk.record(work, Kind.DRAWER_OPENED, {"reason": "test", "printer": printer})
    desk.count_opening("test")
    desk.printing.kick(printer)


def set_up(desk: Desk, name: str) -> DeviceSetUpView:
    """How a device is set up."""
    device = _known(desk, name)
    return DeviceSetUpView(device.name, device.kind, device.plugin, device.options)


def offers(desk: Desk) -> Sequence[OfferView]:
    """What a new device can be set up with."""
    found = _equipment(desk).offers()
    return [OfferView(one.plugin, one.kind, one.options, one.simulator) for one in found]


def addresses(desk: Desk) -> Sequence[str]:
    """Where something seems to be plugged in."""
    return _equipment(desk).addresses()


def save(
    desk: Desk, name: str, plugin: str, options: Mapping[str, Setting], instead_of: str
) -> None:
    """Set a device up, or change the one called `instead_of`; it is used at once."""
    desk.demand(Right.SETTINGS)
    equipment, name = _equipment(desk), name.strip()
    device = _checked(desk, name, plugin, options)
    if instead_of and _known(desk, instead_of).kind != device.kind:
        raise Refusal("no_such_device", device=instead_of)
    _demand_free(equipment, name, instead_of)
    equipment.put(device, instead_of)
    for each in {name, instead_of}:
        desk.heard.pop(each, None)
    _note(desk, {"device": name, "before": instead_of, "plugin": plugin, "options": dict(options)})
    if device.kind == "printer":
        # A scanner says by itself that it is there.
        equipment.check(name)


def remove(desk: Desk, name: str) -> None:
    """Take a device out. Papers that wait for it stay, and can go to another printer."""
    desk.demand(Right.SETTINGS)
    _known(desk, name)
    _equipment(desk).remove(name)
    desk.heard.pop(name, None)
    _note(desk, {"device": "", "before": name})


def _note(desk: Desk, facts: Mapping[str, object]) -> None:
    with desk.writing() as work:
        desk.record(work, Kind.DEVICE_CHANGED, facts)


def _checked(desk: Desk, name: str, key: str, options: Mapping[str, Setting]) -> Device:
    """The device that is meant; raises Refusal naming what can't be."""
    if not name or len(name) > LONGEST_NAME:
        raise Refusal("device_name", limit=LONGEST_NAME)
    offer = next((one for one in _equipment(desk).offers() if one.plugin == key), None)
    if offer is None:
        raise Refusal("no_such_plugin", plugin=key)
    declared: Plugin[None] = Plugin(key, offer.kind, offer.options, lambda _given, _services: None)
    try:
        return Device(name, offer.kind, key, declared.settings(options), offer.simulator)
    except SettingError as error:
        known = error.key in {option.key for option in offer.options}
        option = desk.texts.get(f"device.option.{error.key}") if known else error.key
        raise Refusal("device_option", option=option, hint=error.hint) from error


def _demand_free(equipment: Equipment, name: str, own: str) -> None:
    taken = {device.name.casefold() for device in equipment.devices() if device.name != own}
    if name.casefold() in taken:
        raise Refusal("device_name_taken", device=name)


def _known(desk: Desk, name: str) -> Device:
    for device in _equipment(desk).devices():
        if device.name == name:
            return device
    raise Refusal("no_such_device", device=name)


def _equipment(desk: Desk) -> Equipment:
    if desk.equipment is None:
        raise Refusal("devices_fixed")
    return desk.equipment
