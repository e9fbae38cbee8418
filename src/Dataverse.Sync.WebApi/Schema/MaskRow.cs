using System.Text.Json.Serialization;

namespace Dataverse.Sync.WebApi;

/// <summary>A rule that masks the values of a column.</summary>
internal sealed record MaskRow([property: JsonPropertyName("attributelogicalname")] string? Column);
