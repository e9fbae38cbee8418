namespace Dataverse.Sync;

/// <summary>Converts the value of a field between the two sides.</summary>
/// <remarks>
/// Pure and deterministic: the same input gives the same output, always. What is converted there and back should be the same value again,
/// or the implementation says in its documentation what it loses. Throw <see cref="FormatException"/> for a value that has no counterpart.
/// </remarks>
public interface IFieldConverter
{
    /// <summary>The integration value for a local one.</summary>
    FieldValue ToIntegration(FieldValue local);

    /// <summary>The local value for an integration one.</summary>
    FieldValue ToLocal(FieldValue integration);
}
