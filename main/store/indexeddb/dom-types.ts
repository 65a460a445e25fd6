/** The DOM's own declaration, under a name that the class of this module does not shadow. */
export type DomIDBFactory = IDBFactory;
