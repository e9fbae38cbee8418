namespace Dataverse.Sync.Documents;

/// <summary>A form that tells a new value, which must be complete, from a change of an existing one.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal interface IWholeForm<T>
{
    /// <summary>Reads a new value.</summary>
    T ReadWhole(Node node, Reading reading);
}
