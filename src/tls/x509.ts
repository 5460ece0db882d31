// Comes first: a dependency of @peculiar/x509 looks for it when it is loaded.
import 'reflect-metadata'
export * from '@peculiar/x509'
