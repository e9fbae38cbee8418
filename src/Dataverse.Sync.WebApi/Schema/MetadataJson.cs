using System.Text.Json.Serialization;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the service's table definitions without reflection.</summary>
[JsonSerializable(typeof(EntityDefinition))]
[JsonSerializable(typeof(MetadataList<AttributeDefinition>))]
[JsonSerializable(typeof(MetadataList<RelationshipDefinition>))]
[JsonSerializable(typeof(MetadataList<CascadeDefinition>))]
[JsonSerializable(typeof(MetadataList<OrganizationRow>))]
[JsonSerializable(typeof(MetadataList<MessageFilterRow>))]
[JsonSerializable(typeof(MetadataList<CurrencyRow>))]
[JsonSerializable(typeof(MetadataList<MaskRow>))]
[JsonSerializable(typeof(MetadataList<LanguageRow>))]
[JsonSerializable(typeof(InsertedOption))]
[JsonSerializable(typeof(CallerRow))]
[JsonSerializable(typeof(AttributePrivilegeList))]
[JsonSerializable(typeof(RolePrivilegeList))]
[JsonSerializable(typeof(TablePrivileges))]
internal sealed partial class MetadataJson : JsonSerializerContext;
