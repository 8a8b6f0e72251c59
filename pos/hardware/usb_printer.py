"""A printer on USB without a kernel driver."""

from __future__ import annotations

import time
from typing import Any

from pos.ports.devices import DeviceError

_CHUNK = 4096


class UsbChannel:
    """The bulk end points of a printer, through libusb (or what pyusb finds in its place)."""

    bytes_per_second = 0

    def __init__(self, device: Any) -> None:
        """Claim a device found by pyusb. Raises DeviceError when another program holds it."""
        import usb.core
        import usb.util

        self._device = device
        try:
            interface = _printer_interface(device)
            number = interface.bInterfaceNumber
            if device.is_kernel_driver_active(number):
                device.detach_kernel_driver(number)
            usb.util.claim_interface(device, number)
        except (usb.core.USBError, NotImplementedError) as error:
            raise DeviceError("unplugged", str(error)) from error
        self._out = _end_point(interface, usb.util.ENDPOINT_OUT)
        self._in = _end_point(interface, usb.util.ENDPOINT_IN)
        if self._out is None:
            raise DeviceError("address", "no printer on this USB device")
        self.answers = self._in is not None

    @classmethod
    def open(cls, vendor: int, product: int) -> UsbChannel:
        """Find and claim a device by its ids. Raises DeviceError."""
        import usb.core

        try:
            device = usb.core.find(idVendor=vendor, idProduct=product)
        except usb.core.NoBackendError as error:
            raise DeviceError("address", "libusb is not installed") from error
        if device is None:
            raise DeviceError("unplugged", f"{vendor:04x}:{product:04x}")
        return cls(device)

    def write(self, data: bytes, limit_ms: int) -> None:
        """Send in pieces, so that the limit holds for the whole."""
        import usb.core

        deadline = time.monotonic() + limit_ms / 1000
        try:
            for start in range(0, len(data), _CHUNK):
                left = int((deadline - time.monotonic()) * 1000)
                if left <= 0:
                    raise DeviceError("timeout", "printer takes no data")
                self._out.write(data[start : start + _CHUNK], left)
        except usb.core.USBTimeoutError as error:
            raise DeviceError("timeout", str(error)) from error
        except usb.core.USBError as error:
            raise DeviceError("unplugged", str(error)) from error

    def read(self, limit_ms: int) -> bytes:
        """Nothing when the printer is silent."""
        import usb.core

        if self._in is None:
            return b""
        try:
            return bytes(self._in.read(self._in.wMaxPacketSize, limit_ms))
        except usb.core.USBTimeoutError:
            return b""
        except usb.core.USBError as error:
            raise DeviceError("unplugged", str(error)) from error

    def close(self) -> None:
        """Free the interface for the next job or program."""
        import usb.util

        usb.util.dispose_resources(self._device)


_USB_PRINTER_CLASS = 7


def _printer_interface(device: Any) -> Any:
    """The interface of the printer class, else the first one."""
    interfaces = list(device.get_active_configuration())
    printers = [one for one in interfaces if one.bInterfaceClass == _USB_PRINTER_CLASS]
    return (printers or interfaces)[0]


def _end_point(interface: Any, direction: int) -> Any:
    import usb.util

    return usb.util.find_descriptor(
        interface,
        custom_match=lambda end: usb.util.endpoint_direction(end.bEndpointAddress) == direction,
    )
