/** A CSDL document as it was read, names still as written and unresolved. */
export interface CsdlDocument {
  readonly types: Map<string, CsdlType>
  readonly enums: Map<string, CsdlEnum>
  /** Underlying type by qualified name. */
  readonly definitions: Map<string, string>
  readonly operations: CsdlOperation[]
  readonly roots: Map<string, CsdlRoot>
  /** Namespace by alias. */
  readonly aliases: Map<string, string>
  /** `microsoft.graph.managedDevice/serialNumber` of what the service alone sets. */
  readonly computed: Set<string>
}

/** A type as an attribute gives it: `Collection(graph.user)`; `line` says where, for errors. */
export interface CsdlReference {
  readonly type: string
  readonly nullable: boolean
  readonly line: number
}

export interface CsdlType {
  readonly entity: boolean
  readonly abstract: boolean
  readonly open: boolean
  readonly stream: boolean
  readonly base: string | undefined
  readonly line: number
  readonly key: string[]
  readonly members: Map<string, CsdlReference & { readonly navigation: boolean; readonly contained: boolean }>
}

export interface CsdlEnum {
  readonly flags: boolean
  readonly members: { readonly name: string; readonly value: number }[]
}

export interface CsdlOperation {
  readonly action: boolean
  readonly bound: boolean
  /** Qualified. */
  readonly name: string
  readonly line: number
  readonly parameters: (CsdlReference & { readonly name: string })[]
  returns: CsdlReference | undefined
}

export interface CsdlRoot {
  readonly type: string
  readonly set: boolean
  readonly line: number
}
