namespace Dataverse.Sync;

/// <summary>Converts the values of a field between the two sides.</summary>
/// <remarks>
/// <para>Implementations must be pure, deterministic, and safe for concurrent use: the same value always converts to
/// the same result. Converting a value to the other side and back should return it; document what an implementation
/// loses. A converter is called with blanks as well.</para>
/// <para>Its result is converted once more by type: texts are truncated to the length of the target field.</para>
/// </remarks>
public interface IFieldConverter
{
    /// <summary>Converts a local value to an integration value.</summary>
    /// <param name="local">The value of the local field, possibly blank.</param>
    /// <returns>The value for the integration column.</returns>
    /// <exception cref="FormatException">
    /// The value has no equivalent on the integration side. The record fails with
    /// <see cref="SyncErrorCodes.ValueNotConvertible"/>.
    /// </exception>
    FieldValue ToIntegration(FieldValue local);

    /// <summary>Converts an integration value to a local value.</summary>
    /// <param name="integration">The value of the integration column, possibly blank.</param>
    /// <returns>The value for the local field.</returns>
    /// <exception cref="FormatException">
    /// The value has no equivalent on the local side. The record fails with
    /// <see cref="SyncErrorCodes.ValueNotConvertible"/>.
    /// </exception>
    FieldValue ToLocal(FieldValue integration);
}
