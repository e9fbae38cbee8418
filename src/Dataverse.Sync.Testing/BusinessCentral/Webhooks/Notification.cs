using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>One entry of a notification, which identifies the changed record or set but not the change.</summary>
internal sealed record Notification(
    Subscription Subscription, string Resource, string ChangeType, DateTimeOffset RegisteredAt)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("subscriptionId", Subscription.Id);
        writer.WriteString("clientState", Subscription.ClientState);
        writer.WriteString("expirationDateTime", FieldValues.Format(Subscription.ExpiresAt));
        writer.WriteString("resource", Resource);
        writer.WriteString("changeType", ChangeType);
        writer.WriteString("lastModifiedDateTime", FieldValues.Format(RegisteredAt));
        writer.WriteEndObject();
    }
}
