// Stands for what Fastify loads only where an app brings no validator and no serializer of its own (src/app.ts does).
module.exports = () => {
  throw new Error('this is left out of the bundle')
}
