"""The types of the Python SDK's models, under the names that they have in the CSDL."""

from java import key_of

KINDS = {
    "get_str_value": "s", "get_bool_value": "b", "get_int_value": "i", "get_float_value": "f", "get_uuid_value": "g",
    "get_datetime_value": "d", "get_date_value": "D", "get_time_value": "t", "get_timedelta_value": "u",
    "get_bytes_value": "x",
}  # fmt: skip
PRIMITIVES = {
    "str": "s", "bool": "b", "int": "i", "float": "f", "UUID": "g", "datetime.datetime": "d", "datetime.date": "D",
    "datetime.time": "t", "datetime.timedelta": "u", "bytes": "x",
}  # fmt: skip
# A type that the Python SDK lost, as a module and a package cannot have one name: microsoft.graph.security of beta is
# hidden by microsoft.graph.security.security. What it has is told by the docstrings of the paths below it.
HIDDEN = "hidden:"


def lower_first(name):
    return name[0].lower() + name[1:]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


class Types:
    """The types of the SDK's models under the names that they have in the CSDL."""

    def __init__(self, wheel, java):
        self.wheel, self.java = wheel, java
        self.fields = {}
        self.entities = set()

    def name(self, module):
        if module.startswith(HIDDEN):
            return module[len(HIDDEN) :]
        namespace = [camel(part) for part in module.split("/")[1:-1]]
        return ".".join([*namespace, lower_first(self.wheel.module(module).type.name.rstrip("_"))])

    def is_enum(self, module):
        return any(getattr(base, "id", "") == "Enum" for base in self.wheel.module(module).type.bases)

    def is_entity(self, module):
        """Derived from entity, or told an entity type by a path below it, as some have no base."""
        return any(one == "models/entity" or one in self.entities for one in self.chain(module))

    def base(self, module):
        return None if module.startswith(HIDDEN) else self.wheel.module(module).base()

    def chain(self, module):
        while module:
            yield module
            module = self.base(module)

    def own(self, module):
        """name → (kind, module of the type or None, whether a collection)"""
        if module.startswith(HIDDEN):
            return {}
        if module not in self.fields:
            source = self.wheel.module(module)
            self.fields[module] = {
                name: self.field(source, module, name, getter, argument)
                for name, (getter, argument) in source.fields().items()
                if not name.startswith("@")
            }
        return self.fields[module]

    def field(self, source, module, name, getter, argument):
        number = self.java.numbers.get((key_of(module), name))
        if getter == "get_collection_of_primitive_values":
            return ({"i": number or "i"}.get(PRIMITIVES.get(argument), PRIMITIVES.get(argument, "s")), None, True)
        if getter in KINDS:
            kind = KINDS[getter]
            return (number or kind if kind in "if" else kind, None, False)
        target = source.imports.get(argument)
        collection = getter.startswith("get_collection")
        if getter in ("get_enum_value", "get_collection_of_enum_values"):
            return ("#", target, collection and (key_of(module), name) not in self.java.flags)
        return ("j", None, collection) if target is None else (".", target, collection)

    def find(self, module, name):
        """The module that declares a property, of a type or its bases, and the property."""
        for declaring in self.chain(module):
            if name in self.own(declaring):
                return declaring, self.own(declaring)[name]
        return None, None

    def spec(self, kind, target, collection):
        sigil = ">" if kind == "." and self.is_entity(target) else kind
        return sigil + (self.name(target) if target else "") + ("*" if collection else "")
