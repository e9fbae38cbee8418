using System.Buffers;
using System.Text.Json;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>The program that is usually written first: reads the customers, then looks each one up and creates it or updates it, one request after the other.</summary>
internal sealed class RowLoop(CopyClient client)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var page = JsonDocument.Parse(await client.ReadAsync(client.Customers, cancellationToken));
        foreach (var customer in page.RootElement.GetProperty("value").EnumerateArray())
        {
            var name = customer.GetProperty("displayName").GetString()!;
            using var found = JsonDocument.Parse(await client.FindAccountAsync(name, cancellationToken));
            if (found.RootElement.GetProperty("value").GetArrayLength() > 0)
            {
                throw new InvalidOperationException("The accounts are there already; the loop is measured while it creates them.");
            }

            await client.PostAsync("accounts", Convert(customer), cancellationToken);
        }
    }

    private ReadOnlyMemory<byte> Convert(JsonElement customer)
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(customer));
        _ = reader.Read();
        var account = new ArrayBufferWriter<byte>();
        client.Payload.Convert(ref reader, account, withType: false);
        return account.WrittenMemory;
    }
}
