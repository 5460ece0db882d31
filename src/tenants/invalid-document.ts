/** A document that a tenant cannot become. Its message is a sentence without its full stop and names the member. */
export class InvalidDocument extends TypeError {}
