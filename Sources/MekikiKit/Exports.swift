// Applications import MekikiKit alone: the values, the roles and the flows come with it.
@_exported import MekikiCore
@_exported import MekikiSearch
