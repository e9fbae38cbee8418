using Mono.Cecil;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>What the connector refers to exists in the real SDK, so that it runs with the real assemblies.</summary>
public sealed class SdkReferenceTests
{
    private static readonly string[] SdkAssemblies =
        ["Microsoft.Xrm.Sdk", "Microsoft.PowerPlatform.Dataverse.Client", "Microsoft.Crm.Sdk.Proxy"];

    private static readonly SdkTable Table = SdkTable.Load();

    [Fact]
    public void Every_member_of_the_SDK_in_the_connector_is_one_of_the_table()
    {
        using var module = ModuleDefinition.ReadModule(typeof(OrganizationServiceConnector).Assembly.Location);
        var members = module.GetMemberReferences().Where(member => IsOfSdk(member.DeclaringType)).ToList();

        members.Should().NotBeEmpty();
        members.Where(member => !IsKnown(member)).Select(member => member.FullName).Should().BeEmpty();
    }

    [Fact]
    public void Every_type_of_the_SDK_in_the_connector_is_one_of_the_table()
    {
        using var module = ModuleDefinition.ReadModule(typeof(OrganizationServiceConnector).Assembly.Location);
        var types = module.GetTypeReferences().Where(IsOfSdk).ToList();

        types.Should().NotBeEmpty();
        types.Where(type => !Table.Types.ContainsKey(type.FullName) && !Table.Mentions(type.Name))
            .Select(type => type.FullName).Should().BeEmpty();
    }

    [Fact]
    public void The_connector_asks_for_no_newer_assembly_than_the_real_one_and_for_no_public_key()
    {
        using var module = ModuleDefinition.ReadModule(typeof(OrganizationServiceConnector).Assembly.Location);
        var references = module.AssemblyReferences.Where(reference => SdkAssemblies.Contains(reference.Name)).ToList();

        references.Select(reference => (reference.Name, reference.PublicKeyToken.Length)).Should().BeEquivalentTo(
            [("Microsoft.Xrm.Sdk", 0), ("Microsoft.PowerPlatform.Dataverse.Client", 0)]);
        references.Single(reference => reference.Name == "Microsoft.Xrm.Sdk").Version.Should().BeLessThanOrEqualTo(new Version(9, 0, 0, 0));
        references.Single(reference => reference.Name != "Microsoft.Xrm.Sdk").Version.Should().BeLessThanOrEqualTo(new Version(1, 0, 0, 0));
    }

    [Theory]
    [InlineData("Microsoft.Xrm.Sdk")]
    [InlineData("Microsoft.PowerPlatform.Dataverse.Client")]
    public void The_contracts_say_what_the_table_says(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));
        var types = module.Types.Where(type => type.IsPublic && Table.Types.ContainsKey(type.FullName)).ToList();

        types.Should().NotBeEmpty();
        types.SelectMany(Differences).Should().BeEmpty();
    }

    private static IEnumerable<string> Differences(TypeDefinition type)
    {
        var known = Table.Types[type.FullName];
        if (KindOf(type) != known.Kind)
        {
            yield return $"{type.FullName} is '{KindOf(type)}', not '{known.Kind}'";
        }

        if (type.BaseType is { Namespace: not "System" } parent && !known.Bases.StartsWith(parent.Name.Split('`')[0], StringComparison.Ordinal))
        {
            yield return $"{type.FullName} derives from {parent.Name}, not from {known.Bases}";
        }

        var members = type.IsEnum
            ? type.Fields.Where(field => field.HasConstant).Select(field => $"{field.Name}={field.Constant}")
            : type.Methods.Where(method => method.IsPublic && !method.IsVirtual).Select(SdkSignature.Of);
        var isCut = known.Members.Any(member => member.EndsWith('…'));
        foreach (var member in members.Where(member => !isCut && member != "new()" && !known.Members.Contains(member)))
        {
            yield return $"{type.FullName} has no {member}";
        }
    }

    private static string KindOf(TypeDefinition type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static bool IsKnown(MemberReference member) =>
        member is MethodReference method
        && Table.Types.TryGetValue(method.DeclaringType.GetElementType().FullName, out var type)
        && type.Members.Contains(SdkSignature.Of(method));

    private static bool IsOfSdk(TypeReference? type) =>
        type?.GetElementType().Scope is AssemblyNameReference scope && SdkAssemblies.Contains(scope.Name);
}
