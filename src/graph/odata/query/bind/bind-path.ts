import type { Path, PathSegment } from '../parse/expression.js'
import { QueryError, unknownProperty } from '../query-error.js'
import type { TypeInfo, TypeModel } from '../type-model.js'
import type { BoundPath, Step } from './bound.js'
import type { Scope } from './scope.js'
import { propertyType, structuredType, type ValueType } from '../value/value-type.js'

/**
 * Resolves the names of a path.
 *
 * @throws QueryError
 */
export function bindPath({ root, segments }: Path, scope: Scope, model: TypeModel): BoundPath {
  const { variable, type: start } = scope.find(root)
  const steps: Step[] = []
  let type = start
  for (const segment of segments) {
    const [step, next] = segment.kind === 'cast' ? castStep(segment, type, model) : propertyStep(segment, type, model)
    steps.push(step)
    type = next
  }
  return { kind: 'path', variable, steps, type }
}

function propertyStep({ name, position }: PathSegment, type: ValueType, model: TypeModel): [Step, ValueType] {
  if (type.collection) {
    throw new QueryError(
      `The parent value for a property access of a property '${name}' is not a single value. Property access can only be applied to a single value.`,
      position
    )
  }
  if (type.family === 'untyped') return [{ kind: 'property', name }, type]
  const property = type.structured?.property(name)
  if (!property) throw unknownProperty(name, type.name, position)
  const kind = property.kind === 'navigation' ? 'navigation' : 'property'
  return [{ kind, name: property.name }, propertyType(property, model)]
}

/** To a type that the declared one derives from, or that derives from it. */
function castStep({ name, position }: PathSegment, type: ValueType, model: TypeModel): [Step, ValueType] {
  const to = structuredNamed(name, position, model)
  const declared = type.structured
  if (!declared || !(to.isDerivedFrom(declared.name) || declared.isDerivedFrom(to.name))) {
    throw new QueryError(`Encountered invalid type cast. '${to.name}' is not assignable from '${type.name}'.`, position)
  }
  return [{ kind: 'cast', to, declared }, structuredType(to, type.collection)]
}

/** @throws QueryError where the model has no such entity or complex type */
export function structuredNamed(name: string, position: number, model: TypeModel): TypeInfo {
  const type = model.type(name)
  if (!type) throw new QueryError(`The type '${name}' is not defined in the model.`, position)
  return type
}
