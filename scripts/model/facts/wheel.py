"""Reads a Python SDK that Kiota has generated, from its wheel, by its syntax trees."""

import ast
import re
import zipfile


class Wheel:
    """The modules of a Python SDK, each parsed when it is needed."""

    def __init__(self, file):
        self.zip = zipfile.ZipFile(file)
        self.root = next(name for name in self.zip.namelist() if name.endswith("/generated/models/entity.py"))[: -len("models/entity.py")]
        self.names = {name[len(self.root) : -3] for name in self.zip.namelist() if self.root in name and name.endswith(".py")}
        self.modules = {}
        metadata = next(name for name in self.zip.namelist() if name.endswith(".dist-info/METADATA"))
        text = self.zip.read(metadata).decode()
        self.title = " ".join(re.search(rf"^{field}: (.*)$", text, re.M)[1] for field in ("Name", "Version"))

    def module(self, name):
        if name not in self.modules:
            self.modules[name] = Module(name, ast.parse(self.zip.read(f"{self.root}{name}.py")))
        return self.modules[name]


class Module:
    """One module of the SDK: the first class in it, and what it imports from its neighbours."""

    def __init__(self, name, tree):
        self.name = name
        self.type = next((node for node in tree.body if isinstance(node, ast.ClassDef)), None)
        folder = name.split("/")[:-1]
        self.imports = {
            alias.name: "/".join([*(folder[: len(folder) - node.level + 1]), *node.module.split(".")])
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.level > 0
            for alias in node.names
        }
        if self.type:
            self.imports[self.type.name] = name

    def method(self, name):
        body = self.type.body if self.type else []
        return next((node for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == name), None)

    def base(self):
        return next((self.imports[base.id] for base in self.type.bases if getattr(base, "id", None) in self.imports), None)

    def fields(self):
        """name → (getter, its argument) of the JSON members that the class reads."""
        method = self.method("get_field_deserializers")
        table = next((node.value for node in ast.walk(method) if isinstance(node, ast.AnnAssign)), None) if method else None
        if not isinstance(table, ast.Dict):
            return {}
        calls = ((key.value, value.body.args[2]) for key, value in zip(table.keys, table.values))
        return {key: (call.func.attr, ast.unparse(call.args[0]) if call.args else None) for key, call in calls}
