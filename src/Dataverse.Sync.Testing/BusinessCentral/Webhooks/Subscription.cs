using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A webhook subscription on one set of one company.</summary>
internal sealed record Subscription
{
    public required string Id { get; init; }

    public required RouteModel Route { get; init; }

    public required Guid Company { get; init; }

    public required PageSchema Page { get; init; }

    public required Uri NotificationUrl { get; init; }

    /// <summary>As the client wrote it, relative or absolute.</summary>
    public required string Resource { get; init; }

    /// <summary>Absolute URL of the set, under the root at which it was subscribed.</summary>
    public required string SetUrl { get; init; }

    public required string ClientState { get; init; }

    public required DateTimeOffset ModifiedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string Tag => EntityTags.Of(
        $"{Id}\0{NotificationUrl}\0{Resource}\0{ClientState}\0{ExpiresAt.UtcTicks.ToString(CultureInfo.InvariantCulture)}");

    public void WriteProperties(Utf8JsonWriter writer, MetadataLevel level)
    {
        if (level != MetadataLevel.None)
        {
            writer.WriteString("@odata.etag", Tag);
        }

        writer.WriteString("subscriptionId", Id);
        writer.WriteString("notificationUrl", NotificationUrl.OriginalString);
        writer.WriteString("resource", Resource);
        writer.WriteNumber("timestamp", ModifiedAt.UtcTicks);
        writer.WriteString("userId", Guid.Empty);
        writer.WriteString("lastModifiedDateTime", FieldValues.Format(ModifiedAt));
        writer.WriteString("clientState", ClientState);
        writer.WriteString("expirationDateTime", FieldValues.Format(ExpiresAt));
    }
}
