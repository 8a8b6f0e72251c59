"""Reads what is offered of goods: choices, units, parts, deposits, codes, serial numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from pos.domain.code_rules import CodeRule, Meaning
from pos.domain.goods import KitPart
from pos.domain.product import Packaging, Product, Tracking, Unit
from pos.domain.stock_category import Removal
from pos.domain.variants import Attribute, AttributeValue, Creation, Display, Template, Variant
from pos.ports.goods import PackageType, Serial
from pos.storage.catalogue.mapping import select_products, to_product
from pos.storage.catalogue.reading import Reading
from pos.storage.catalogue.tables import (
    TABLES,
    categories,
    packagings,
    products,
    translations,
    units,
)
from pos.storage.catalogue.wording import in_order, told

attributes = TABLES["attributes"]
attribute_values = TABLES["attribute_values"]
product_attributes = TABLES["product_attributes"]
product_values = TABLES["product_values"]
variants = TABLES["variants"]
kit_parts = TABLES["kit_parts"]
serials = TABLES["serials"]
package_types = TABLES["package_types"]
code_rules = TABLES["code_rules"]

_PRODUCT_NAME = select(translations.c.text).where(
    translations.c.file == "products",
    translations.c.field == "name",
    translations.c.key == bindparam("number"),
    translations.c.language == bindparam("language"),
)
_ATTRIBUTES = (
    select(
        attributes.c.number,
        told(attributes, "name"),
        attributes.c.display,
        attributes.c.creation,
        product_attributes.c.required,
        product_attributes.c.preset,
    )
    .join_from(
        product_attributes, attributes, attributes.c.number == product_attributes.c.attribute
    )
    .where(product_attributes.c.product == bindparam("product"))
    .order_by(in_order(product_attributes), in_order(attributes), attributes.c.name)
)
_VALUES = (
    select(
        attribute_values.c.number,
        told(attribute_values, "name"),
        func.coalesce(product_values.c.surcharge, attribute_values.c.surcharge).label("surcharge"),
        attribute_values.c.colour,
        func.coalesce(product_values.c.picture, attribute_values.c.picture).label("picture"),
        attribute_values.c.free_text,
        attribute_values.c.text_limit,
        product_values.c.value.label("offered"),
    )
    .join_from(
        attribute_values,
        product_values,
        (product_values.c.value == attribute_values.c.number)
        & (product_values.c.product == bindparam("product")),
        isouter=True,
    )
    .where(attribute_values.c.attribute == bindparam("attribute"), attribute_values.c.active == 1)
    .order_by(in_order(attribute_values), attribute_values.c.line)
)
_VARIANTS = (
    select(variants.c.number, variants.c.combination, variants.c.picture, variants.c.active)
    .where(variants.c.product == bindparam("product"))
    .order_by(variants.c.line)
)
_KIT = (
    select(
        kit_parts.c.part,
        told(products, "name"),
        kit_parts.c.quantity,
        units.c.name.label("unit"),
    )
    .join_from(kit_parts, products, products.c.number == kit_parts.c.part)
    .join(units, units.c.code == products.c.unit)
    .where(kit_parts.c.kit == bindparam("product"))
    .order_by(kit_parts.c.line)
)


class OfferingReader(Reading):
    """One thread's view of what is offered of goods; a part of the port `Goods`."""

    def product_name(self, number: str, language: str) -> str:
        """What a product is called in a language; empty where it has no name of its own in it."""
        row = self._first(_PRODUCT_NAME, number=number, language=language)
        return "" if row is None else str(row[0])

    def has_choices(self, product: str) -> bool:
        """Whether something is to be chosen of a product."""
        return product in self._remembered("with_choices", self._read_with_choices)

    def _read_with_choices(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._rows(select(product_attributes.c.product)))

    def template(self, product: str, language: str = "") -> Template | None:
        """What is to be chosen of a product; None for one without variants and options."""
        if not self.has_choices(product):
            return None
        name = f"template {product} {language}"
        return self._remembered(name, lambda: self._read_template(product, language))

    def _read_template(self, product: str, language: str) -> Template:
        found = self._rows(_ATTRIBUTES, product=product, language=language)
        return Template(
            product,
            tuple(self._attribute(product, row, language) for row in found),
            tuple(
                Variant(
                    row.number,
                    product,
                    frozenset(row.combination.split()),
                    row.picture or "",
                    bool(row.active),
                )
                for row in self._rows(_VARIANTS, product=product)
            ),
        )

    def _attribute(self, product: str, row: Any, language: str) -> Attribute:
        found = self._rows(_VALUES, product=product, attribute=row.number, language=language)
        offered = [value for value in found if value.offered is not None]
        return Attribute(
            number=row.number,
            name=row.name,
            display=Display(row.display),
            creation=Creation(row.creation),
            values=tuple(map(_value, offered or found)),
            required=bool(row.required),
            default=row.preset or "",
        )

    def unit(self, code: str) -> Unit | None:
        """A unit, active or not."""
        row = self._units().get(code)
        return None if row is None else self._to_unit(row)

    def units_like(self, code: str) -> tuple[Unit, ...]:
        """The active units a quantity in this unit can be given in, the unit itself first."""
        known = self._units()
        if code not in known:
            return ()
        root = _root(known, code)
        like = [row for row in known.values() if row.active and _root(known, row.code) == root]
        like.sort(key=lambda row: row.code != code)
        return tuple(self._to_unit(row) for row in like)

    def _units(self) -> dict[str, Any]:
        return self._remembered("units", self._read_units)

    def _read_units(self) -> dict[str, Any]:
        return {row.code: row for row in self._rows(select(units).order_by(units.c.line))}

    def _to_unit(self, row: Any) -> Unit:
        known, factor, at = self._units(), Decimal(1), row
        while at.reference:
            factor *= at.factor
            at = known[at.reference]
        return Unit(row.code, row.name, row.step.thousandths, factor)

    def packagings_of(self, product: str) -> tuple[Packaging, ...]:
        """The packagings of a product, those only bought too, the smallest first."""
        statement = select(packagings).where(packagings.c.product == product)
        return tuple(
            Packaging(row.name, product, row.content, row.code or "", bool(row.sellable))
            for row in self._rows(statement.order_by(packagings.c.content, packagings.c.name))
        )

    def kit(self, product: str, language: str = "") -> tuple[KitPart, ...]:
        """The parts of a kit; none for anything else."""
        if product not in self._remembered("kits", self._read_kits):
            return ()
        rows = self._rows(_KIT, product=product, language=language)
        return tuple(KitPart(row.part, row.name, row.quantity, row.unit) for row in rows)

    def _read_kits(self) -> frozenset[str]:
        return frozenset(row[0] for row in self._rows(select(kit_parts.c.kit)))

    def package_types(self, language: str = "") -> tuple[PackageType, ...]:
        """The parcels of this shop, in the order of their file."""
        statement = select(
            package_types.c.number,
            told(package_types, "name"),
            package_types.c.length,
            package_types.c.width,
            package_types.c.height,
            package_types.c.max_weight,
        ).order_by(package_types.c.line)
        return tuple(PackageType(*row) for row in self._rows(statement, language=language))

    def deposits(self) -> tuple[Product, ...]:
        """The deposits goods come with, by price: what empties are taken back as."""
        return self._remembered("deposits", self._read_deposits)

    def _read_deposits(self) -> tuple[Product, ...]:
        bound = select(products.c.deposit).where(products.c.deposit.is_not(None))
        rows = self._rows(select_products().where(products.c.number.in_(bound)))
        return tuple(sorted(map(to_product, rows), key=lambda each: (each.price, each.name)))

    def code_rules(self) -> tuple[CodeRule, ...]:
        """The shop's own rules for its codes, in order; none leaves it to the country's."""
        return self._remembered("code_rules", self._read_code_rules)

    def _read_code_rules(self) -> tuple[CodeRule, ...]:
        rows = self._rows(select(code_rules).order_by(code_rules.c.line))
        return tuple(
            CodeRule(row.name, row.pattern, Meaning(row.meaning), row.decimals) for row in rows
        )

    def product_of_serial(self, number: str) -> str:
        """The number of the one product with this serial number; empty where there is none."""
        statement = (
            select(serials.c.product)
            .join(products, products.c.number == serials.c.product)
            .where(serials.c.number == number, products.c.tracking == Tracking.SERIAL.value)
        )
        found = self._rows(statement)
        return str(found[0].product) if len(found) == 1 else ""

    def serials(self, product: str, place: str = "") -> tuple[Serial, ...]:
        """Serial numbers and lots of a product in the order they should go: by the removal rule
        of its category, `place` being where the till stands (ETRON-2).
        """
        rule = self._removal(product)
        since = serials.c.since.desc() if rule is Removal.LIFO else serials.c.since
        order: list[Any] = [since, serials.c.line]
        if rule is Removal.NEAREST and place:
            order.insert(0, func.coalesce(serials.c.place, "") != place)
        rows = self._rows(select(serials).where(serials.c.product == product).order_by(*order))
        return tuple(
            Serial(row.number, row.place or "", row.expiry, bool(row.available)) for row in rows
        )

    def _removal(self, product: str) -> Removal:
        statement = (
            select(categories.c.removal)
            .join_from(products, categories, categories.c.number == products.c.category)
            .where(products.c.number == product)
        )
        row = self._first(statement)
        return Removal.FIFO if row is None else Removal(row[0])


def _value(row: Any) -> AttributeValue:
    return AttributeValue(
        number=row.number,
        name=row.name,
        surcharge=row.surcharge,
        colour=row.colour or "",
        picture=row.picture or "",
        free_text=bool(row.free_text),
        text_limit=row.text_limit if row.free_text else 0,
    )


def _root(known: dict[str, Any], code: str) -> str:
    """The reference unit of a unit's category."""
    while known[code].reference:
        code = known[code].reference
    return code
