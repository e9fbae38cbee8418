namespace Dataverse.Sync;

/// <summary>A setting of a mapping that differs from its default.</summary>
/// <param name="Setting">
/// The path of the setting in JSON, such as <c>direction</c> or <c>fields[email&gt;emailaddress1].isEnabled</c>.
/// </param>
/// <param name="Default">The default as JSON, or null if it is null or there is no such field mapping by default.</param>
/// <param name="Present">The present value as JSON, or null if it is null or the field mapping was removed.</param>
public sealed record MappingDifference(string Setting, string? Default, string? Present);
