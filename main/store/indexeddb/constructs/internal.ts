/** Given by this module's own code alone to constructors that script may not call. */
export const INTERNAL = Symbol('internal construction');

export const ILLEGAL_CONSTRUCTOR = 'Illegal constructor';
