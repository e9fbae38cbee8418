namespace Dataverse.Sync.Documents;

/// <summary>What an entry of a list of field mappings does.</summary>
internal enum FieldAction
{
    /// <summary>Changes the field mapping between the two fields if there is one, and adds it otherwise.</summary>
    AddOrChange,

    /// <summary>Adds a field mapping, also if there is one between the same fields.</summary>
    Add,

    /// <summary>Changes a field mapping that must exist.</summary>
    Change,

    /// <summary>Removes a field mapping that must exist.</summary>
    Remove,

    /// <summary>Removes all field mappings, so that the list is replaced by the entries that follow.</summary>
    RemoveAll,
}
