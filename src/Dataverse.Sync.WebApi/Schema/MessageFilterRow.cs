using System.Text.Json.Serialization;

namespace Dataverse.Sync.WebApi;

internal sealed record MessageFilterRow([property: JsonPropertyName("sdkmessagefilterid")] Guid? Id);
