using System.Text.Json.Serialization;

namespace Dataverse.Sync.WebApi;

/// <summary>The base language of the organization, in which each label must exist.</summary>
internal sealed record LanguageRow([property: JsonPropertyName("languagecode")] int? LanguageCode);
