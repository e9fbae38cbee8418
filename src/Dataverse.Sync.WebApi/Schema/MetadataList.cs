using System.Text.Json.Serialization;

namespace Dataverse.Sync.WebApi;

internal sealed record MetadataList<T>([property: JsonPropertyName("value")] IReadOnlyList<T>? Items);
