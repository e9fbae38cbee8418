namespace Dataverse.Sync;

/// <summary>Adds options to choice fields. A connector whose system allows it may implement this interface.</summary>
/// <remarks>
/// The engine calls it only for <see cref="SyncChoices.AddAsync"/>: it changes the customization of the system. A connector
/// that passes calls on to another one passes on this one too. Implementations must be safe for concurrent use.
/// </remarks>
public interface IChoiceEditor
{
    /// <summary>Adds an option, so that records can have it as soon as the call returns.</summary>
    /// <remarks>If the field has an option with this label, nothing is added and its value is returned.</remarks>
    /// <param name="table">The table.</param>
    /// <param name="field">The field, which is a choice.</param>
    /// <param name="label">The text that people see.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The value of the option.</returns>
    /// <exception cref="ConnectorException">
    /// The field is no choice to which options can be added, the system refuses, or it does not answer.
    /// </exception>
    Task<FieldValue> AddOptionAsync(string table, string field, string label, CancellationToken cancellationToken);
}
