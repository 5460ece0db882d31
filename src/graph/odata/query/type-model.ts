/**
 * What queries have to know of Graph's types. The model of Graph's types has it; tests make small ones.
 * Names of types are qualified, such as `microsoft.graph.user` and `Edm.String`.
 */
export interface TypeModel {
  /** An entity or complex type; names are matched as the model pleases. */
  type(name: string): TypeInfo | undefined
  enumeration(name: string): EnumInfo | undefined
}

/** An entity or complex type. */
export interface TypeInfo {
  readonly name: string
  /**
   * A property, own or inherited. Graph takes names in any case (captured: `status/errorcode`, AzureAD/MSIdentityTools#54),
   * so a model looks in any case too. An open type answers unknown names with a primitive of type `Edm.Untyped`.
   */
  property(name: string): PropertyInfo | undefined
  /** The navigation properties, own and inherited, for `$expand=*`. */
  navigations(): Iterable<PropertyInfo>
  /** Whether it is the named type or derives from it. */
  isDerivedFrom(name: string): boolean
}

export interface PropertyInfo {
  /** As the model spells it. */
  readonly name: string
  readonly kind: 'primitive' | 'enum' | 'complex' | 'navigation'
  /** Of one item, where it is a collection. */
  readonly type: string
  readonly collection: boolean
  readonly nullable: boolean
}

export interface EnumInfo {
  readonly name: string
  readonly isFlags: boolean
  /** The value of a member, spelt in any case (assumed: Microsoft's OData library). */
  value(member: string): number | undefined
}
