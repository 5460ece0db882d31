"""Walks the paths of an SDK and collects what they tell of roots, operations and navigation properties."""

import re
from collections import defaultdict

from builder import VERBS, Builder
from java import key_of
from types_of_sdk import HIDDEN, PRIMITIVES, Types, camel, lower_first


class Facts:
    def __init__(self, wheel, java):
        self.types = Types(wheel, java)
        self.wheel = wheel
        self.roots = {}
        self.operations = defaultdict(set)
        self.marks = defaultdict(dict)
        self.navigation = defaultdict(lambda: [set(), set()])
        self.collections = {}
        self.references = set()
        self.places = {"": (None, False, None)}
        self.left_out = []
        builders = [Builder(wheel.module(name)) for name in sorted(wheel.names) if name.endswith("_request_builder")]
        self.paths = {builder.path: builder for builder in builders if builder.path}
        for path in sorted(self.paths, key=lambda path: path.count("/")):
            self.read(path)
        self.number_kinds(java)

    def read(self, path):
        """Says where a path leads: (type, whether a collection, the property that it is of)."""
        builder = self.paths[path]
        parent, segment = path.rsplit("/", 1)
        place = self.places.get(parent)
        if place is None:
            self.left_out.append(path)
            return
        self.places[path] = self.step(builder, parent, segment, place)

    def step(self, builder, parent, segment, place):
        kind, collection, owner = place
        call = re.match(r"([\w.]+)\((.*)\)$", segment)
        if builder.doc.startswith("Provides operations to call the "):
            return self.operation(builder, segment, place)
        if segment in ("$count",):
            return place
        if segment == "$ref":
            if owner:
                self.references.add(owner)
            return place
        if "manage the media" in builder.doc:
            self.stream(segment, kind)
            return (None, False, None)
        if re.match(r"\{|\w+='", segment):
            self.key(segment, kind)
            self.item(builder, owner)
            return (kind, False, owner)
        if segment.startswith(("graph.", "microsoft.graph.")):
            answer = self.response(builder)
            return (answer[1] if answer else None, collection, owner)
        name = call[1] if call else segment
        if kind is None and parent == "":
            return self.root(builder, name, call)
        if kind is None:
            return (None, False, None)
        return self.property(builder, name, call, kind)

    def root(self, builder, name, alternate):
        kind, target, collection = self.response(builder) or (None, None, False)
        if alternate:
            place = self.places.get(f"/{name}")
            if place and place[0]:
                self.alternate_key(place[0], alternate[2])
                return (place[0], False, f"/{name}")
            return (None, False, None)
        if target is None:
            self.left_out.append(builder.path)
            return (None, False, None)
        *_, package, last = target.split("/")
        if package == last:
            target = HIDDEN + lower_first(self.wheel.module(target).type.name)
        self.entity(target)
        collection = builder.doc.startswith("Provides operations to manage the collection of ")
        self.roots[name] = (target, collection)
        self.navigation[f"/{name}"][0].update(builder.verbs)
        return (target, collection, f"/{name}")

    def property(self, builder, name, alternate, kind):
        declaring, found = self.types.find(kind, name)
        if found is None and kind.startswith(HIDDEN):
            declaring, found = kind, self.response(builder)
        if found is None:
            self.left_out.append(builder.path)
            return (None, False, None)
        kind, target, collection = found
        if kind != ".":
            return (target, collection, None)
        if re.match(r"Provides operations to manage the \S+ property of the ", builder.doc):
            self.entity(target)
        elif not self.types.is_entity(target):
            return (target, collection, None)
        owner = (declaring, name)
        if alternate:
            self.alternate_key(target, alternate[2])
            self.navigation[owner][1].update(builder.verbs)
            self.collections[owner] = True
            return (target, False, owner)
        self.navigation[owner][0].update(builder.verbs)
        self.collections[owner] = collection
        return (target, collection, owner)

    def entity(self, target):
        if not self.types.is_entity(target):
            self.types.entities.add(target)

    def item(self, builder, owner):
        if owner:
            self.navigation[owner][1].update(builder.verbs)

    def key(self, segment, kind):
        match = re.fullmatch(r"\{\w+%2D(\w+?)\d*\}", segment)
        for name in [match[1]] if match else re.findall(r"(\w+)='?\{", segment):
            declaring, found = self.types.find(kind, name) if kind else (None, None)
            if found and declaring != "models/entity":
                self.marks[declaring].setdefault(name, set()).add("&")

    def alternate_key(self, kind, arguments):
        names = re.findall(r"(\w+)=", arguments)
        if len(names) == 1:
            declaring, found = self.types.find(kind, names[0])
            if found:
                self.marks[declaring].setdefault(names[0], set()).add("%")

    def stream(self, segment, kind):
        if kind is None:
            return
        declaring, found = self.types.find(kind, segment)
        if found:
            self.marks[declaring].setdefault(segment, set()).add("z")
        elif segment in ("$value", "content"):
            self.marks[kind].setdefault("", set()).add("s")

    def response(self, builder):
        """(kind, module, whether a collection) of what a GET answers, or the first other verb."""
        for verb in builder.verbs:
            answer = self.answer(builder, verb)
            if answer and answer[1]:
                return answer
        return None

    def answer(self, builder, verb):
        text = builder.answer(verb)
        if text == "None":
            return None
        if text in PRIMITIVES:
            return (PRIMITIVES[text], None, False)
        module = builder.module.imports.get(text)
        if module is None:
            return ("j", None, text.startswith("list["))
        fields = self.types.own(module)
        if text.endswith(("CollectionResponse", f"{verb.capitalize()}Response")) and "value" in fields:
            return fields["value"]
        if text.endswith(f"{verb.capitalize()}Response") and not module.startswith("models/"):
            return ("j", None, False)
        return ("#" if self.types.is_enum(module) else ".", module, False)

    def operation(self, builder, segment, place):
        kind, collection, _ = place
        verb, *others = builder.verbs or [None]
        name = re.sub(r"\(.*", "", segment).removeprefix("microsoft.graph.")
        answer = self.answer(builder, verb) if verb else None
        if verb is None or (kind is None and builder.path.count("/") > 1):
            self.left_out.append(builder.path)
            return (answer[1], answer[2], None) if answer else (None, False, None)
        function = verb == "get"
        parameters = self.function_parameters(builder, segment) if function else self.action_parameters(builder, verb)
        returns = self.types.spec(*answer) if answer else ""
        if answer and answer[0] == "x":
            returns = "z"
        self.operations[kind, collection].add(f"{'F' if function else 'A'}{name}({parameters}){returns}")
        return (answer[1], answer[2], None) if answer else (None, False, None)

    def function_parameters(self, builder, segment):
        names = re.findall(r"(\w+)='?[{@](\w+)", segment)
        kinds = {camel(name).lower(): kind for name, kind in builder.parameters}
        return ",".join(f"{name}:{kinds.get(value.lower(), 's')}" for name, value in names)

    def action_parameters(self, builder, verb):
        text = builder.body(verb)
        module = builder.module.imports.get(text) if text else None
        if module is None:
            return "" if text in (None, "bytes") else ""
        if module.startswith("models/"):
            return ""
        # The Python SDK leaves out members that are any JSON.
        untyped = {name: ("j", None, False) for name in self.types.java.untyped[key_of(module)]}
        return ",".join(f"{name}:{self.types.spec(*field)}" for name, field in {**untyped, **self.types.own(module)}.items())

    def number_kinds(self, java):
        for name in sorted(self.wheel.names):
            if not name.startswith("models/") or name.endswith("__init__"):
                continue
            module = self.wheel.module(name)
            if module.type is None:
                continue
            for field in module.fields():
                if field.startswith("@"):
                    continue
                number = java.numbers.get((key_of(name), field))
                if number:
                    self.marks[name].setdefault(field, set()).add(number)
                if (key_of(name), field) in java.flags:
                    self.marks[name].setdefault(field, set()).add("~")

    def hoisted(self):
        """Operations by type, without those that a base type has with the same signature."""
        for (kind, collection), signatures in self.operations.items():
            bases = list(self.types.chain(kind))[1:] if kind else []
            inherited = set().union(*(self.operations.get((base, collection), set()) for base in bases))
            own = signatures - inherited
            if own:
                yield kind, collection, own

    def lines(self):
        for name, (target, collection) in self.roots.items():
            yield f"/{name}=>{self.types.name(target)}{'*' if collection else ''}{self.verbs(f'/{name}', collection, True)}"
        for kind, collection, signatures in self.hoisted():
            yield f"!{self.types.name(kind) if kind else ''}{'*' if collection else ''}={';'.join(sorted(signatures))}"
        marks = {module: dict(fields) for module, fields in self.marks.items()}
        for owner in self.navigation:
            if isinstance(owner, tuple):
                module, field = owner
                text = self.navigation_marks(owner)
                if text:
                    marks.setdefault(module, {}).setdefault(field, set()).add(text)
        for module in self.types.entities:
            marks.setdefault(module, {}).setdefault("", set()).add("E")
        for module, fields in marks.items():
            entries = [f"{field}:{''.join(sorted(marks))}" for field, marks in sorted(fields.items())]
            yield f"+{self.types.name(module)}={';'.join(entries)}"

    def navigation_marks(self, owner):
        collection = self.collections[owner]
        collected, item = self.navigation[owner]
        contained = (collected | item) & {"post", "patch", "put", "delete"}
        verbs = self.verbs(owner, collection, contained)
        return ("$" if owner in self.references else "") + ("^" if contained else "") + verbs

    def verbs(self, owner, collection, writable):
        """The verbs where they are not the usual ones of such a place."""
        collected, item = ("".join(VERBS[verb] for verb in VERBS if verb in verbs) for verbs in self.navigation[owner])
        if collection:
            text, usual = f"{collected}/{item}", "gp/gad" if writable else "g/g"
            return "" if text == usual or (not writable and set(text) <= set("g/")) else f"({text})"
        usual = "ga" if isinstance(owner, str) else "gad" if writable else "g"
        return "" if collected == usual or not collected else f"({collected})"
