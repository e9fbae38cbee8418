using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class CronusTests
{
    private static readonly string[] Sets =
    [
        "companyInformation", "salespeoplePurchasers", "customers", "vendors", "contacts", "currencies",
        "currencyExchangeRates", "paymentTerms", "shipmentMethods",
    ];

    [Fact]
    public async Task Loaded_data_comes_back_as_it_is_in_the_files()
    {
        var folder = SampleData.Folder;
        await using var emulator = await BusinessCentralEmulator.StartAsync();
        await emulator.LoadAsync(folder);
        using var client = new HttpClient
        {
            BaseAddress = emulator.BaseAddress,
            DefaultRequestHeaders = { { "Authorization", "Bearer token" } },
        };
        var company = emulator.Companies.Single(candidate => candidate.DisplayName.Length > 0).Id;

        foreach (var set in Sets.Where(set => File.Exists(SampleData.File(set))))
        {
            var expected = SampleData.Rows(set);
            var actual = JsonNode.Parse(
                await client.GetStringAsync(
                    new Uri($"companies({company})/{set}", UriKind.Relative)))!["value"]!.AsArray();

            actual.Select(Bare).Should().Equal(expected.Select(Bare), $"set {set}");
        }
    }

    [Fact]
    public async Task Contacts_information_of_each_customer_and_vendor_is_that_of_the_file()
    {
        await using var emulator = await BusinessCentralEmulator.StartAsync();
        await emulator.LoadAsync(SampleData.Folder);
        using var client = new HttpClient
        {
            BaseAddress = emulator.BaseAddress,
            DefaultRequestHeaders = { { "Authorization", "Bearer token" } },
        };
        var company = emulator.Companies.Single(candidate => candidate.DisplayName.Length > 0).Id;
        var links = new List<string>();

        foreach (var set in new[] { "customers", "vendors" })
        {
            var rows = JsonNode.Parse(
                await client.GetStringAsync(
                    new Uri(
                        $"companies({company})/{set}?$select=id&$expand=contactsInformation",
                        UriKind.Relative)))!["value"]!;
            links.AddRange(rows.AsArray().SelectMany(row => row!["contactsInformation"]!.AsArray()).Select(Bare));
        }

        links.Should().BeEquivalentTo(SampleData.Rows("contactsInformation").Select(Bare));
    }

    [Fact]
    public async Task Loaded_stamps_can_be_filtered_and_new_numbers_go_on()
    {
        await using var emulator = await BusinessCentralEmulator.StartAsync();
        await emulator.LoadAsync(SampleData.Folder);
        var company = emulator.Companies.Single(candidate => candidate.DisplayName.Length > 0).Id;
        var contacts = emulator.Table("contacts", company).Count;

        var customer = emulator.Table("customers", company).Insert(new JsonObject { ["displayName"] = "New" });

        ((string)customer["number"]!).Should().Be("C00010");
        emulator.Table("contacts", company).Count.Should().Be(contacts + 1);
        emulator.Table("contacts", company).Find("displayName", "New").Should().NotBeNull();
    }

    [Theory]
    [InlineData("""{"value":[{"id":"11111111-2222-3333-4444-555555555555","nonsense":1}]}""")]
    [InlineData("""{"rows":[]}""")]
    public async Task File_of_another_shape_is_refused_by_name(string content)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "customers.json"), content);
        await using var emulator = await BusinessCentralEmulator.StartAsync();
        var company = emulator.AddCompany("A").Id;

        await emulator.Awaiting(e => e.LoadAsync(folder.Path, company)).Should().ThrowAsync<InvalidDataException>()
            .WithMessage("*customers.json*");
        emulator.Table("customers").Count.Should().Be(0);
    }

    private static string Bare(JsonNode? row)
    {
        var copy = row!.DeepClone().AsObject();
        foreach (var annotation in copy.Select(property => property.Key).Where(name => name.Contains("@odata.")).ToArray())
        {
            _ = copy.Remove(annotation);
        }

        return copy.ToJsonString();
    }
}
