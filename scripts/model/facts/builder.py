"""A request builder of the Python SDK: one path template, and what may be done there."""

import ast
import re

from types_of_sdk import PRIMITIVES

VERBS = {"get": "g", "post": "p", "patch": "a", "put": "u", "delete": "d"}


class Builder:
    """A request builder: a path template and what may be done there."""

    def __init__(self, module):
        self.module = module
        self.doc = ast.get_docstring(module.type).split("\n")[0]
        init = module.method("__init__")
        call = next(node for node in ast.walk(init) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "__init__")
        template = call.args[1].value if isinstance(call.args[1], ast.Constant) else ""
        self.path = re.sub(r"\?.*$|\{\?.*$", "", template.removeprefix("{+baseurl}"))
        self.parameters = [
            (argument.arg, PRIMITIVES.get(re.sub(r"^Optional\[(.*)\]$", r"\1", ast.unparse(argument.annotation)), "s"))
            for argument in init.args.args[3:]
        ]
        self.verbs = {verb: module.method(verb) for verb in VERBS if module.method(verb)}

    def answer(self, verb):
        text = ast.unparse(self.verbs[verb].returns)
        return re.sub(r"^Optional\[(.*)\]$", r"\1", text)

    def body(self, verb):
        argument = next((argument for argument in self.verbs[verb].args.args if argument.arg == "body"), None)
        return argument and ast.unparse(argument.annotation)
